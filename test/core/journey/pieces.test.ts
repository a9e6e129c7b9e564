/** Several mailpieces under one number, told apart by the ids the carrier gives them. */
import { COUNTERFEIT, at, event, fold } from '../../support/timeline.ts';

const HELD = 'Package delayed for postage assessment and held awaiting payment';
const ours = { mailpieceId: '1026' };
const theirs = { mailpieceId: '2041' };

const oursAccepted = event({ at: at(3), code: '03', city: 'RENO', zip: '89501', ...ours });
const oursDelivered = event({ at: at(6), code: '01', city: 'AUSTIN', zip: '78701', ...ours });
const theirsAccepted = event({ at: at(4), code: '03', city: 'NEWARK', zip: '07102', ...theirs });
const theirsRefused = event({ at: at(5), code: '150012', text: COUNTERFEIT, ...theirs });

test('one id, or none, is one piece, of which nothing is kept apart', () => {
  expect(fold([oursAccepted, oursDelivered])).toMatchObject({ mailpieces: 1, pieces: null });
  expect(fold([event({ at: at(3), code: '03' })])).toMatchObject({ mailpieces: 0, pieces: null });
});

test('each piece bears its own scans, delivery and statement', () => {
  expect(fold([theirsRefused, oursDelivered, theirsAccepted, oursAccepted])).toMatchObject({
    mailpieces: 2,
    pieces: [
      { id: '1026', firstScan: { zip: '89501' }, lastScan: { zip: '78701' }, delivered: { at: at(6) }, statedAt: null },
      { id: '2041', firstScan: { zip: '07102' }, lastScan: { zip: '07102' }, delivered: null, statedAt: at(5) },
    ],
    notice: { mailpieceId: '2041' },
  });
});

test('a hold is stated of its piece', () => {
  const held = event({ at: at(5), text: HELD, ...theirs });
  const [first, second] = fold([oursAccepted, held]).pieces ?? [];
  expect([first?.statedAt, second?.statedAt]).toEqual([null, at(5)]);
});

test('events without an id belong to no piece', () => {
  const nobodys = event({ at: at(7), code: '10', zip: '60607' });
  const { pieces, lastScan } = fold([oursAccepted, theirsAccepted, nobodys]);
  expect(lastScan).toMatchObject({ zip: '60607' });
  expect(pieces?.map((piece) => piece.lastScan?.zip)).toEqual(['89501', '07102']);
});

test("a person's ids are no pieces", () => {
  const written = event({ at: at(5), text: 'Delivered', source: 'customer note', mailpieceId: '999' });
  expect(fold([oursAccepted, written])).toMatchObject({ mailpieces: 1, pieces: null });
});

test('of many pieces all are counted and five kept, in order of their ids', () => {
  const many = Array.from({ length: 8 }, (_, index) =>
    event({ at: at(3), code: '03', city: `CITY ${index}`, mailpieceId: String(900 - index) }),
  );
  const { mailpieces, pieces } = fold(many);
  expect(mailpieces).toBe(8);
  expect(pieces?.map(({ id }) => id)).toEqual(['893', '894', '895', '896', '897']);
});
