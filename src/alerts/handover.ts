/** What a mail server said to a mail, recipient by recipient. */

/** Why a recipient did not get it, in the server's words. */
export interface Refusal {
  address: string;
  why: string;
}

export interface Handover {
  /** Their server has taken it: it is theirs now. */
  accepted: string[];
  /** Refused for good (5xx): trying again says the same. */
  refused: Refusal[];
  /** Not now (4xx, no connection, no answer): to be tried again. */
  deferred: Refusal[];
}

/** The part of an error of the SMTP client that says what the server meant. */
interface SmtpFault {
  message: string;
  responseCode: number | null;
  /** The command the server answered: only what it says to these is about the mail. */
  command: string | null;
}

/** Commands whose refusal is about this mail or recipient; a refused login or TLS is about our configuration. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/** Reads what the client threw when nobody took the mail. `pending` are those it was for. */
export function handoverOfFailure(error: unknown, pending: readonly string[]): Handover {
  const fault = faultOf(error);
  const byRecipient = new Map(recipientFaults(error).map(({ recipient, fault: own }) => [asSent(recipient), own]));
  return sort(pending.map((address) => ({ address, fault: byRecipient.get(asSent(address)) ?? fault })));
}

/** Reads what the client answered when somebody took it. */
export function handoverOfSuccess(
  info: { accepted: readonly string[]; rejectedErrors: readonly unknown[] },
  pending: readonly string[],
): Handover {
  const byRecipient = new Map(
    info.rejectedErrors
      .flatMap((error) => recipientFaults({ rejectedErrors: [error] }))
      .map((each) => [asSent(each.recipient), each.fault]),
  );
  const taken = new Set(info.accepted.map(asSent));
  const left = pending.filter((address) => !taken.has(asSent(address)));
  const unnamed: SmtpFault = {
    message: 'was not taken, and the server did not say why',
    responseCode: null,
    command: null,
  };
  const { refused, deferred } = sort(
    left.map((address) => ({ address, fault: byRecipient.get(asSent(address)) ?? unnamed })),
  );
  return { accepted: pending.filter((address) => taken.has(asSent(address))), refused, deferred };
}

/** The client writes hosts small: compared as they were configured, who has the mail would get it again and again. */
function asSent(address: string): string {
  return address.replace(/@[^@]*$/, (host) => host.toLowerCase());
}

function sort(faults: readonly { address: string; fault: SmtpFault }[]): Handover {
  const refusals = (permanent: boolean): Refusal[] =>
    faults
      .filter(({ fault }) => isPermanent(fault) === permanent)
      .map(({ address, fault }) => ({ address, why: fault.message }));
  return { accepted: [], refused: refusals(true), deferred: refusals(false) };
}

function isPermanent({ responseCode, command }: SmtpFault): boolean {
  return responseCode !== null && responseCode >= 500 && command !== null && ABOUT_THE_MAIL.has(command);
}

function recipientFaults(error: unknown): { recipient: string; fault: SmtpFault }[] {
  const errors = fieldOf(error, 'rejectedErrors');
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((each: unknown) => {
    const recipient = fieldOf(each, 'recipient');
    return typeof recipient === 'string' ? [{ recipient, fault: faultOf(each) }] : [];
  });
}

function faultOf(error: unknown): SmtpFault {
  const code = fieldOf(error, 'responseCode');
  const command = fieldOf(error, 'command');
  const response = fieldOf(error, 'response');
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: typeof response === 'string' && response !== '' ? response : message,
    responseCode: typeof code === 'number' ? code : null,
    command: typeof command === 'string' ? command : null,
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
