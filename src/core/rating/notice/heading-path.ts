/** What a table prices, by the headings it stands under. */
import type { PriceList, Service } from '../../label/label.ts';
import { type NoticeShape, type NoticeWords, namedIn, names, plainWords } from './notice-words.ts';
import type { PricedProduct } from './published-cell.ts';

/** What the headings say; `service` is null where only the rows of the table name one, as flat-rate tables do. */
export interface HeadingPath {
  service: Service | null;
  priceList: PriceList | null;
  by: 'weight' | 'cubic' | 'item';
  shape: NoticeShape | null;
}

/** What the headings, the outermost first, say of the table below them; or why it is left out. */
export function readHeadings(headings: readonly string[], words: NoticeWords): HeadingPath | { leftOut: string } {
  const path = headings.map(plainWords).reverse();
  const serviceAt = path.findIndex((heading) => namedIn(heading, words.services) !== null);
  // What stands above the heading of the service is a chapter: its words say nothing of this table but its list.
  const own = serviceAt < 0 ? path.slice(0, 1) : path.slice(0, serviceAt + 1);
  const why = leftOutOf(own, words);
  if (why !== null) return { leftOut: why };
  const service = serviceAt < 0 ? null : (namedIn(path[serviceAt] ?? '', words.services)?.service ?? null);
  const isItem = own.some((heading) => names(heading, ['flat rate']));
  if (service === null && !isItem) return { leftOut: 'its heading names no service that is rated' };
  return {
    service,
    priceList: priceListIn(path, words),
    by: isItem ? 'item' : own.some((heading) => names(heading, ['cubic'])) ? 'cubic' : 'weight',
    shape: shapeIn(own, service, words),
  };
}

/** Why a text stands for something that is left out; null when it does not. */
export function leftOutOf(texts: readonly string[], words: NoticeWords): string | null {
  for (const { phrases, why } of words.leftOut) {
    if (texts.some((text) => names(text, phrases))) return why;
  }
  return null;
}

/** The list named by the innermost text that names one; the texts are plain, the innermost first. */
export function priceListIn(texts: readonly string[], words: NoticeWords): PriceList | null {
  const lists = [
    { list: 'retail', phrases: words.lists.retail },
    { list: 'commercial', phrases: words.lists.commercial },
  ] as const;
  for (const text of texts) {
    const named = lists.filter(({ phrases }) => names(text, phrases));
    // A heading over both lists decides for neither.
    if (named.length === 1) return named[0]?.list ?? null;
  }
  return null;
}

function shapeIn(own: readonly string[], service: Service | null, words: NoticeWords): NoticeShape | null {
  const shapes = words.shapes.filter((shape) => shape.service === service);
  for (const heading of own) {
    const shape = namedIn(heading, shapes);
    if (shape !== null) return shape;
  }
  return null;
}

/** The product of a table by weight or volume; or why there is none. */
export function productOf(
  path: HeadingPath,
  service: Service,
  words: NoticeWords,
): PricedProduct | { leftOut: string } {
  const { priceList, by, shape } = path;
  if (shape !== null) {
    const { packagings, forBothLists, item } = shape;
    return { service, priceList, by: item === null ? by : 'item', packagings, forBothLists };
  }
  const shaped = by === 'weight' && words.shapes.some((other) => other.service === service);
  if (shaped) return { leftOut: 'its heading does not say for what shape of mail it holds' };
  return { service, priceList, by, packagings: [], forBothLists: false };
}
