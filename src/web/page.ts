/** Pages as HTML: a template in its frame, in the language of who asks. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Locale, LOCALES } from '../core/rules/answer.ts';
import type { CalledRequest } from '../platform/access.ts';
import { Config, projectRoot } from '../platform/config.ts';
import { type InstantText, instantTextIn } from '../reports/instant-text.ts';
import type { Wording } from '../reports/wording.ts';
import { Assets } from './assets.ts';
import { type PageEngine, type TemplateName, pageEngine } from './page-engine.ts';
import { languageUrl, localeOf } from './page-language.ts';

export type PageName = Exclude<TemplateName, 'frame' | 'report-body'>;

/** What a page says, ready to print; every name its template uses must be there. */
export interface PageModel {
  /** Of the browser's tab. */
  title: string;
  [name: string]: unknown;
}

/** What a page is written with. */
export interface PageWords {
  wording: Wording;
  /** IANA name of the zone in which every page writes times. */
  timeZone: string;
  instantText: InstantText;
}

const MENU = [
  { href: '/', key: 'site.menu_report' },
  { href: '/reports', key: 'site.menu_archive' },
  { href: '/findings', key: 'site.menu_findings' },
  { href: '/suppressions', key: 'suppression.menu' },
  { href: '/imports', key: 'site.menu_imports' },
] as const;

@Injectable()
export class PageRenderer {
  private readonly engines: Record<Locale, PageEngine>;
  private readonly instantText: InstantText;
  private readonly logger = new Logger('pages');

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Assets) private readonly assets: Assets,
  ) {
    const root = projectRoot();
    this.instantText = instantTextIn(config.reportTimeZone);
    this.engines = { en: pageEngine(root, 'en'), 'zh-CN': pageEngine(root, 'zh-CN') };
  }

  /** The words in the language of the request. */
  wording(request: CalledRequest): Wording {
    return this.engine(request).wording;
  }

  /** What a page for the request is written with. */
  words(request: CalledRequest): PageWords {
    const { wording } = this.engine(request);
    return { wording, timeZone: this.config.reportTimeZone, instantText: this.instantText };
  }

  /** The whole page, ready to send. */
  render(request: CalledRequest, page: PageName, model: PageModel): string {
    const engine = this.engine(request);
    const content = engine.fill(page, model);
    return engine.fill('frame', { ...this.frame(request, engine.wording), title: model.title, content });
  }

  /**
   * An archived report in the language it was made in, as a part of a page; its text is escaped already. Null for a view
   * that an older release made and that lacks a name the templates use now.
   */
  report(view: object, locale: Locale): string | null {
    try {
      return this.engines[locale].fill('report-body', view);
    } catch (error) {
      this.logger.warn(`an archived report does not fit the templates of this release: ${String(error)}`);
      return null;
    }
  }

  private engine(request: CalledRequest): PageEngine {
    return this.engines[localeOf(request, this.config.reportLocale)];
  }

  private frame(request: CalledRequest, wording: Wording) {
    const caller = request.caller ?? null;
    return {
      lang: wording.locale,
      stylesheet: this.assets.url('site.css'),
      script: this.assets.url('site.js'),
      icon: this.assets.url('favicon.svg'),
      menu: caller === null ? [] : menuOf(request.path, wording),
      caller: caller?.keyId == null ? null : { name: caller.name, role: wording.say(`role.${caller.role}`) },
      // Nobody has made a key yet: whoever sits at this machine may do everything.
      keyless: caller !== null && caller.keyId === null,
      languages: LOCALES.filter((locale) => locale !== wording.locale).map((locale) => ({
        locale,
        name: this.engines[locale].wording.say('site.language'),
        href: languageUrl(request, locale),
      })),
    };
  }
}

function menuOf(path: string, wording: Wording): { href: string; text: string; current: boolean }[] {
  return MENU.map(({ href, key }) => ({
    href,
    text: wording.say(key),
    current: path === href || (href !== '/' && path.startsWith(`${href}/`)),
  }));
}
