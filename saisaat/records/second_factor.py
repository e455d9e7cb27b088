"""Where allauth keeps the secrets of second factors: sealed under the folder's master key. Named in the settings."""

from allauth.mfa.adapter import DefaultMFAAdapter

from saisaat.records.sealing import seal_secret, unseal_secret

_PURPOSE = "second factor"


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's hooks: TOTP secrets and seeds of recovery codes never stand readable in the database."""

    def encrypt(self, text: str) -> str:
        return seal_secret(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_secret(encrypted_text, _PURPOSE)
