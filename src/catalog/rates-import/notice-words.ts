/** Reads data/mappings/notice-123.yaml: how the published price list names its products. */
import { join } from 'node:path';
import { z } from 'zod';
import { PACKAGINGS, SERVICES } from '../../core/label/label.ts';
import type { NoticeWords } from '../../core/rating/notice/notice-words.ts';
import { parseDay } from '../../core/units/day.ts';
import { CatalogError } from '../../platform/errors.ts';
import { loadSources } from '../sources.ts';
import { readYaml } from '../yaml.ts';

/** As `plainWords` writes text, so that a phrase can be found in it. */
const phrases = z.array(
  z.string().regex(/^[a-z0-9]+(?: [a-z0-9]+)*$/, 'is not a phrase in lower case without punctuation'),
);

const noticeFile = z.strictObject({
  as_of: z.string().refine((text) => parseDay(text) !== null, 'is not a day (YYYY-MM-DD)'),
  sources: z.array(z.string()).min(1),
  services: z.partialRecord(z.enum(SERVICES), phrases),
  shapes: z.array(
    z.strictObject({
      service: z.enum(SERVICES),
      packagings: z.array(z.enum(PACKAGINGS)),
      item: z.string().nullable().default(null),
      for_both_lists: z.boolean().default(false),
      phrases,
    }),
  ),
  lists: z.strictObject({ retail: phrases, commercial: phrases }),
  items: z.record(z.string(), phrases),
  left_out: z.array(z.strictObject({ why: z.string(), phrases })),
  single_piece: phrases,
});

/** The words, ready to be looked for. Throws a CatalogError when the file is wrong. */
export function loadNoticeWords(root: string): NoticeWords {
  const file = join(root, 'data', 'mappings', 'notice-123.yaml');
  const document = readYaml(file, noticeFile);
  const sources = loadSources(root);
  const unknown = document.sources.find((source) => !sources[source]);
  if (unknown !== undefined)
    throw new CatalogError({ file, field: 'sources' }, `${unknown} is not in data/sources.yaml`);
  return {
    services: SERVICES.map((service) => ({ service, phrases: document.services[service] ?? [] })),
    shapes: document.shapes.map(({ for_both_lists: forBothLists, ...shape }) => ({ ...shape, forBothLists })),
    lists: document.lists,
    items: Object.entries(document.items).map(([item, named]) => ({ item, phrases: named })),
    leftOut: document.left_out,
    singlePiece: document.single_piece,
  };
}
