/** How findings change state: every transition by audit and by people, and the order in which they are listed. */
import { findingId } from '../../../src/core/finding/finding.ts';
import {
  CLOSED_STATES,
  FINDING_STATES,
  type FindingState,
  OPEN_STATES,
  nextState,
  settableFrom,
} from '../../../src/core/finding/lifecycle.ts';
import { orderKey } from '../../../src/core/finding/order-key.ts';
import { SEVERITIES } from '../../../src/core/rules/answer.ts';
import { listFindings } from '../../../src/reports/findings.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { openFinding } from '../../support/report.ts';

describe('an audit', () => {
  test('opens what it never saw, and keeps nothing of what it never saw and does not find', () => {
    expect(nextState('none', 'fires')).toBe('open');
    expect(nextState('none', 'gone')).toBeNull();
  });

  test.each(OPEN_STATES)('leaves %s as it is while it finds the same, or more', (state) => {
    expect(nextState(state, 'fires')).toBe(state);
    expect(nextState(state, 'grown')).toBe(state);
  });

  test.each(OPEN_STATES)('resolves %s when it no longer finds it', (state) => {
    expect(nextState(state, 'gone')).toBe('resolved');
  });

  test.each(CLOSED_STATES)('leaves %s to the person who set it, unless the finding grew', (state) => {
    expect(nextState(state, 'fires')).toBe(state);
    expect(nextState(state, 'gone')).toBe(state);
    expect(nextState(state, 'grown')).toBe('reopened');
  });

  test('reopens what was resolved', () => {
    expect(nextState('resolved', 'fires')).toBe('reopened');
    expect(nextState('resolved', 'gone')).toBe('resolved');
  });
});

describe('a person', () => {
  test('may decide on whatever is open', () => {
    for (const state of OPEN_STATES) {
      expect([state, ...settableFrom(state)]).toEqual(expect.arrayContaining([...CLOSED_STATES, 'disputed']));
    }
  });

  test.each(CLOSED_STATES)('may take back %s', (state) => {
    expect(settableFrom(state)).toContain('open');
  });

  test('may note money that comes back after its cause is gone, and resolves nothing by hand', () => {
    expect(settableFrom('resolved')).toEqual(['recovered']);
    const settable = FINDING_STATES.flatMap((state): FindingState[] => [...settableFrom(state)]);
    expect(settable).not.toContain('resolved');
    expect(settable).not.toContain('reopened');
  });

  test('leaves every state by some way', () => {
    for (const state of FINDING_STATES) expect(settableFrom(state).length).toBeGreaterThan(0);
  });
});

test('the order key sorts by its bytes as reports list findings', () => {
  const findings = SEVERITIES.flatMap((severity) =>
    [null, 0, 1, 990, 1000, 123_456_789_012].flatMap((amountMills) =>
      ['CNY', 'USD'].flatMap((currency) =>
        ['a', 'b'].map((key) =>
          openFinding({
            id: findingId(severity, currency + String(amountMills), key, sha256Hex),
            severity,
            amountMills,
            currency: amountMills === null ? null : currency,
          }),
        ),
      ),
    ),
  );
  const byKey = [...findings].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1)).map(({ id }) => id);
  expect(listFindings(findings, 'en').map(({ id }) => id)).toEqual(byKey);
});
