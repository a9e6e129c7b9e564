/** The few files pages load: read once at start, named by their content, so that a browser may keep them for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectRoot } from '../platform/config.ts';
import { stylesheet } from './stylesheet.ts';

export interface Asset {
  type: string;
  content: Buffer;
  /** First 16 hex digits of SHA-256 over the content. */
  version: string;
}

const ASSETS = {
  'site.css': { type: 'text/css; charset=utf-8', read: (root: string) => Buffer.from(stylesheet(root)) },
  'site.js': { type: 'text/javascript; charset=utf-8', read: file('site.js') },
  'favicon.svg': { type: 'image/svg+xml', read: file('favicon.svg') },
} as const;

@Injectable()
export class Assets {
  private readonly assets: ReadonlyMap<string, Asset>;

  constructor() {
    const root = projectRoot();
    this.assets = new Map(
      Object.entries(ASSETS).map(([name, { type, read }]) => {
        const content = read(root);
        const version = createHash('sha256').update(content).digest('hex').slice(0, 16);
        return [name, { type, content, version }];
      }),
    );
  }

  /** The asset of that name; undefined for every other name, so that no path leads out of the list. */
  find(name: string): Asset | undefined {
    return this.assets.get(name);
  }

  /** Where a page links to: the address changes with the content. Throws for a name that is no asset. */
  url(name: string): string {
    const asset = this.find(name);
    if (asset === undefined) throw new Error(`No asset named ${name}.`);
    return `/assets/${name}?v=${asset.version}`;
  }
}

function file(name: string): (root: string) => Buffer {
  return (root) => readFileSync(join(root, 'templates', 'assets', name));
}
