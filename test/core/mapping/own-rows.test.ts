/** Rows of files about ourselves and about vendors: mailer ids, warehouses, what is on file. */
import { problemsOf, readMailer, readVendor, readWarehouse, valueOf } from './reading.ts';

describe('mailers', () => {
  test('name the owner of a mailer id', () => {
    expect(valueOf(readMailer({ mailer_id: '012345', owner: 'Us Inc', note: 'new' }))).toEqual({
      mailerId: '012345',
      owner: 'Us Inc',
      extra: { note: 'new' },
    });
  });

  test.each([
    ['12345', /lost its leading zeros.*write 012345 as text/],
    ['90012345', /six or nine digits/],
    ['9.01E+08', /six or nine digits/],
    ['', /required/],
  ])('mailer_id = %j is refused', (text, message) => {
    expect(problemsOf(readMailer({ mailer_id: text, owner: 'us' }))).toEqual([expect.stringMatching(message)]);
  });
});

describe('warehouses', () => {
  test('need no name, and the first five digits will do', () => {
    expect(valueOf(readWarehouse({ zip: '90058-1234' }))).toEqual({ zip: '90058', name: null, extra: null });
  });

  test('a ZIP code that lost its zero is refused with what to write', () => {
    expect(problemsOf(readWarehouse({ zip: '7094', name: 'East' }))).toEqual([
      expect.stringMatching(/leading zeros.*write 07094 as text/),
    ]);
  });
});

describe('vendors', () => {
  test('may have little on file', () => {
    expect(valueOf(readVendor({ vendor: 'Alpha', decision: 'WATCH' }))).toMatchObject({
      vendor: 'Alpha',
      legalName: null,
      foundedOn: null,
      decision: 'watch',
    });
  });

  test('keep how the company is reached; columns about people go', () => {
    const row = { vendor: 'Alpha', contact: 'desk@alpha.example', founded_on: '1971-03-02', recipient: 'Somebody' };
    expect(valueOf(readVendor(row))).toMatchObject({
      contact: 'desk@alpha.example',
      foundedOn: '1971-03-02',
      extra: null,
    });
  });

  test.each([
    ['decision', 'maybe', /one of: stop, watch, buy/],
    ['licence_expires_on', 'soon', /ISO 8601/],
    ['founded_on', '1971', /a day such as/],
  ])('%s = %j is refused', (column, text, message) => {
    expect(problemsOf(readVendor({ vendor: 'Alpha', [column]: text }))).toEqual([expect.stringMatching(message)]);
  });
});
