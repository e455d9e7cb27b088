/** What the SDK rejects and throws: an Error with LINE's `code` ("LIFF SDK errors" in LINE's reference). */
class LiffError extends Error {
  constructor(code, message, cause) {
    super(message);
    this.code = code;
    if (cause !== undefined) this.cause = cause;
  }
}

const NOT_INITIALIZED = 'liffId is necessary for liff.init()';
const NOT_LOGGED_IN = 'Need access_token for api call, Please login first';
const NOT_IN_SCOPE = 'The permission is not in LIFF app scope.';

/** A server's refusal as LINE's SDK passes it on: the HTTP status is the code. */
function refused(status, message) {
  return new LiffError(status === 0 ? 'UNKNOWN' : String(status), message);
}
