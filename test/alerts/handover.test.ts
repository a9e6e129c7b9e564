/** What a mail server's answers mean for each recipient. */
import { handoverOfFailure, handoverOfSuccess } from '../../src/alerts/handover.ts';

const refusal = (recipient: string) =>
  Object.assign(new Error('refused'), { recipient, responseCode: 550, command: 'RCPT TO', response: '550 no mailbox' });

test('a host in capitals, which the client writes small, is the same host', () => {
  const pending = ['Finance@Example.COM', 'Boss@Example.COM'];
  const info = { accepted: ['Finance@example.com'], rejectedErrors: [refusal('Boss@example.com')] };
  expect(handoverOfSuccess(info, pending)).toEqual({
    accepted: ['Finance@Example.COM'],
    refused: [{ address: 'Boss@Example.COM', why: '550 no mailbox' }],
    deferred: [],
  });
  const failure = Object.assign(new Error('all refused'), { rejectedErrors: [refusal('Boss@example.com')] });
  expect(handoverOfFailure(failure, ['Boss@Example.COM']).refused).toEqual([
    { address: 'Boss@Example.COM', why: '550 no mailbox' },
  ]);
});

test('the part before the host is told apart as it is written', () => {
  const { accepted, deferred } = handoverOfSuccess({ accepted: ['ada@example.com'], rejectedErrors: [] }, [
    'Ada@example.com',
  ]);
  expect([accepted, deferred.length]).toEqual([[], 1]);
});
