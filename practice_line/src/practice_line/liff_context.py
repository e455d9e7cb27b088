"""What liff.getContext() gives. Shape and values from LINE's LIFF reference; no ids of chats since 6 February 2023."""

from typing import Any

from practice_line.rows import LiffApp

# What a LINE app offers and from which version on. Only the share target picker has a switch here; the rest that needs
# a phone or a LINE MINI App is never permitted.
AVAILABILITY: dict[str, dict[str, Any]] = {
    "multipleLiffTransition": {"permission": True, "minVer": "10.18.0"},
    "subwindowOpen": {"permission": False, "minVer": "11.7.0"},
    "scanCode": {"permission": False, "minVer": "9.4.0", "unsupportedFromVer": "9.19.0"},
    "scanCodeV2": {"permission": False, "minVer": "11.7.0", "minOsVer": "14.3.0"},
    "getAdvertisingId": {"permission": False, "minVer": "7.14.0"},
    "addToHomeScreen": {"permission": False, "minVer": "9.16.0"},
    "bluetoothLeFunction": {"permission": False, "minVer": "9.14.0", "unsupportedFromVer": "9.19.0"},
    "skipChannelVerificationScreen": {"permission": False, "minVer": "11.14.0"},
    "addToHomeV2": {"permission": False, "minVer": "13.20.0"},
    "addToHomeHideDomain": {"permission": False, "minVer": "13.20.0"},
    "addToHomeLineScheme": {"permission": False, "minVer": "13.20.0"},
}


def _menu(ink: str, quiet: str, ground: str, status_bar: str) -> dict[str, str]:
    return {
        "iconColor": ink,
        "statusBarColor": status_bar,
        "titleTextColor": ink,
        "titleSubtextColor": quiet,
        "titleButtonColor": ink,
        "titleBackgroundColor": ground,
        "progressBarColor": "#06C755",
        "progressBackgroundColor": ground,
    }


MENU_COLOURS = {
    "adaptableColorSchemes": ["light"],
    "lightModeColor": _menu("#111111", "#B7B7B7", "#FFFFFF", "black"),
    "darkModeColor": _menu("#FFFFFF", "#949494", "#111111", "white"),
}


def context(app: LiffApp, kind: str, user_id: str = "", access_token_hash: str = "") -> dict[str, Any]:
    """`kind` is group, utou, none or external; the person and the hash are left out while nobody is logged in."""
    view = app.body["view"]
    picker = {"permission": app.share_target_picker, "minVer": "10.3.0"}
    told: dict[str, Any] = {
        "type": kind,
        "liffId": app.liff_id,
        "endpointUrl": view["url"],
        "availability": {"shareTargetPicker": picker, **AVAILABILITY},
        "scope": list(app.body.get("scope") or []),
        "menuColorSetting": MENU_COLOURS,
        "miniDomainAllowed": False,
        "permanentLinkPattern": "concat",
    }
    if kind != "external":
        told["viewType"] = view["type"]
    if user_id:
        told |= {"userId": user_id, "accessTokenHash": access_token_hash}
    return told
