/** A process that dies between a call and its end: nothing that was answered is lost, and nothing stands twice. */
import { type AskingRooms, numberOf, useCarriers } from '../support/asking.ts';
import { useDatabase } from '../support/database.ts';
import type { Scan } from '../support/fake-usps.ts';

const { clock, usps, track17, process } = useCarriers(useDatabase());

const ONE = numberOf(1);
const ACCEPTED: Scan = {
  code: '03',
  text: 'Accepted at USPS Origin Facility',
  at: '2026-11-10T20:00:00Z',
  zip: '89501',
};

describe('a process that dies', () => {
  const numbers = [ONE, numberOf(2), numberOf(3)];

  /** Lets the next write of the table fail, as it would for a process that dies before it. */
  async function dieAt(rooms: AskingRooms, table: string, condition: string): Promise<void> {
    await rooms.sql(`CREATE OR REPLACE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
      $die$ BEGIN IF ${condition} THEN RAISE EXCEPTION 'died here'; END IF; RETURN NEW; END $die$`);
    await rooms.sql(`CREATE TRIGGER die BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION die()`);
  }

  const places = [
    { table: 'carrier_answer', condition: 'true', asksAgain: true },
    { table: 'answer_body', condition: 'true', asksAgain: true },
    { table: 'event', condition: 'true', asksAgain: false },
    { table: 'import', condition: 'true', asksAgain: false },
    { table: 'poll', condition: 'NEW.last_asked_at IS NOT NULL', asksAgain: false },
  ];

  for (const provider of ['usps', '17track'] as const) {
    test.each(places)(`before it writes $table tells all and nothing twice (${provider})`, async (place) => {
      const variables = provider === 'usps' ? usps.variables : track17.variables;
      const rooms = await process(variables);
      await rooms.labelled(numbers);
      usps.withholds(ONE);
      for (const number of numbers.slice(1)) usps.shows(number, [ACCEPTED]);
      for (const number of numbers) track17.shows(number, [ACCEPTED]);
      await dieAt(rooms, place.table, place.condition);
      await expect(rooms.polling.askDue()).rejects.toThrow('died here');
      await rooms.sql(`DROP TRIGGER die ON ${place.table}`);
      const before = usps.asked.length + track17.named('gettrackinfo').length;
      clock.to(120_000);
      const next = await process(variables);
      await next.polling.askDue();
      clock.to(120_000);
      await next.polling.askDue();
      const asked = usps.asked.filter((number) => number === ONE).length + track17.named('gettrackinfo').length;
      expect(before).toBe(1);
      expect(asked).toBe(place.asksAgain ? 2 : 1);
      const [one, two, three] = await Promise.all(numbers.map((number) => rooms.events(number)));
      const whole = [expect.stringMatching(/^11-10 20:00/), expect.stringMatching(/asked answered$/)];
      expect(one).toEqual(provider === 'usps' ? [expect.stringMatching(/^11-11 02:0\d 150012 withheld$/)] : whole);
      expect([two, three]).toEqual([whole, whole]);
      expect(await next.sql('SELECT tracking_number FROM poll WHERE last_asked_at IS NULL')).toEqual([]);
    });
  }
});
