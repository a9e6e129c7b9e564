import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/program.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { registerRules } from '../../src/cli/rules.command.ts';
import { PassThrough } from 'node:stream';
import { schema } from '../../src/schema.ts';
import { ROOT } from '../support/rating.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
}

async function run(words: string[], root = ROOT): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io: CliIo = { stdout, stderr, now: () => 0, root };
  const code = await runCli(
    ['rules', ...words],
    { rules: async () => (program, cliIo) => registerRules(program, cliIo, async () => schema) },
    io,
  );
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

/** Rule files there are. */
const COUNT = readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
).length;

describe('the rule book at the command line', () => {
  test('lists every rule with severities, status and title', async () => {
    const { code, out } = await run(['list']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^held-for-postage +fraud +label +high\|medium +active +at once +1 \([0-9a-f]{16}\) +The parcel is held/m,
    );
    expect(out).toMatch(/^cheaper-service +pricing +vendor +info +active /m);
    expect(out).toMatch(new RegExp(`^${COUNT} rules, book [0-9a-f]{16}$`, 'm'));
  });

  test('explains every fact and function', async () => {
    const { code, out } = await run(['facts']);
    expect(code).toBe(0);
    expect(out).toMatch(/^label\.charged_mills +double +mills +All that was charged for the label\.$/m);
    expect(out).toMatch(/^fact about a vendor +type +unit +meaning\nvendor\.name +string +text /m);
    expect(out).toMatch(/^week\.labels +double +count /m);
    expect(out).toMatch(/^add_days\(string, double\) +string /m);
  });

  test('checks every example', async () => {
    const { code, out } = await run(['check']);
    expect(out).toMatch(new RegExp(`^${COUNT} rules, \\d{2,} examples: all hold$`, 'm'));
    expect(code).toBe(0);
  });

  test('a path that is not there, or holds no rule, is wrong usage', async () => {
    expect(await run(['check', '/nowhere/rules'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('/nowhere/rules'),
    });
  });
});

describe('a broken rule', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'rule-check-'));
    mkdirSync(join(root, 'rules'));
    cpSync(join(ROOT, 'rules', 'fraud'), join(root, 'rules', 'fraud'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('fails the check with file, line and example, and exit code 1', async () => {
    const file = join(root, 'rules', 'fraud', 'held-for-postage.yaml');
    const text = readFileSync(file, 'utf8').replace('severity: high, verdict', 'severity: info, verdict');
    writeFileSync(file, text);
    const { code, out, err } = await run(['check', join(root, 'rules')], root);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^rules\/fraud\/held-for-postage\.yaml:\d+: examples\.\d+\.expect: example "held for ten days": expected severity info, but it is high$/m,
    );
    expect(err).toMatch(/^1 problem$/m);
  });

  test('one file can be checked alone', async () => {
    expect(await run(['check', join(root, 'rules', 'fraud', 'invalid-barcode.yaml')], root)).toMatchObject({ code: 0 });
  });
});
