/** Takes from a log line what must not lie in log files: tracking numbers, keys, passwords. */

/** Bearer and basic credentials, wherever a line repeats them. */
const CREDENTIALS = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi;
/** An access key: its id names it, the rest is secret. */
const ACCESS_KEY = /\b(pa_[0-9a-f]{12})_[\w-]+/g;
/** The cookie of a signed-in browser. */
const SESSION = /\b(pa_session=)[^;\s"\\]+/g;
/** The secret in the address of a webhook; `:secret` is how the program writes the address. */
const WEBHOOK_SECRET = /(\bwebhooks\/+(?:shippo|usps)\/+)(?!:)[^\s"?#\\]+/gi;
/** The password of a URL, up to the last @ before the host. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+]*:\/\/[^:/@\s"]*):[^\s"/]*@/gi;
/** Twenty digits and more, also in groups: every domestic tracking number, and the ZIP before it. */
const LONG_NUMBER = /\d(?:[ -]?\d){15,}(\d[ -]?\d[ -]?\d[ -]?\d)/g;
/** International items (UPU S10): two letters, nine digits, two letters. */
const S10 = /\b[A-Z]{2}\d{5}(\d{4}[A-Z]{2})\b/gi;

/** The text with every number cut to its last four digits and every secret taken out. */
export function maskSecrets(text: string): string {
  return text
    .replace(URL_PASSWORD, '$1:***@')
    .replace(CREDENTIALS, '$1 ***')
    .replace(ACCESS_KEY, '$1_***')
    .replace(SESSION, '$1***')
    .replace(WEBHOOK_SECRET, '$1***')
    .replace(LONG_NUMBER, '***$1')
    .replace(S10, '***$1');
}
