/**
 * `npm run bench [-- NAME [LABELS]]`: one line a measurement, `<name> <value> <unit>`; without a name, all of them.
 * `detection` takes options of its own (docs/DETECTION.md).
 */
import { benchAlerts } from './alerts.ts';
import { benchApi } from './api.ts';
import { benchBarcode } from './barcode.ts';
import { benchDatabase } from './database.ts';
import { benchDetection } from './detection/detection.ts';
import { benchIdle } from './idle.ts';
import { benchRating } from './rating.ts';
import { benchRules } from './rules.ts';
import { benchWebhooks } from './webhooks.ts';

const [name, ...words] = process.argv.slice(2);
const [size] = words;
/** Labels of the database bench; events are eight times as many. */
const labels = Number(size ?? 200_000);

/** Beside all the others a look at detection is enough; its own run scores twenty. */
const FEW_SEEDS = ['--seeds', '3'];

const benches: Record<string, () => Promise<void>> = {
  alerts: () => benchAlerts(),
  api: () => benchApi(),
  barcode: () => benchBarcode(),
  database: () => benchDatabase(labels),
  detection: () => benchDetection(name === 'detection' ? words : FEW_SEEDS),
  idle: () => benchIdle(),
  rating: () => benchRating(),
  rules: () => benchRules(),
  webhooks: () => benchWebhooks(),
};

if (name !== undefined && !Object.hasOwn(benches, name)) {
  process.stderr.write(`no bench is named ${name}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const [each, run] of Object.entries(benches)) if (name === undefined || name === each) await run();
}
