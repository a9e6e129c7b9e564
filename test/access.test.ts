/** Who may do what: every route of the whole service with every kind of key and with none, and browsers with cookies. */
import type { Role } from '../src/platform/access.ts';
import { AccessService } from '../src/platform/access.service.ts';
import { type HttpRoute, HttpRoutes } from '../src/platform/http-routes.ts';
import { useDatabase } from './support/database.ts';
import { type Asked, type HttpApp, type Told, call, wholeApp } from './support/http-app.ts';

let now = new Date('2026-11-20T08:00:00Z');
const clock = { now: () => now };
const later = (ms: number): void => void (now = new Date(now.getTime() + ms));

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const detailOf = ({ text }: Told): string => JSON.parse(text).detail;

async function keyOf(app: HttpApp, role: Role, name: string): Promise<{ id: string; key: string }> {
  return app.nest.get(AccessService).create({ name, role, now });
}

describe('before there is a key', () => {
  const database = useDatabase();
  let app: HttpApp;
  beforeAll(async () => {
    app = await wholeApp({ databaseUrl: database.url(), clock });
  });
  afterAll(() => app.stop());
  const ask = (path: string, asked?: Asked): Promise<Told> => call(`${app.url}${path}`, asked);

  test('who sits at the machine may do everything, and is told on every page that nobody else should', async () => {
    expect((await ask('/api/v1/imports')).status).toBe(200);
    expect(
      (await ask('/api/v1/audits', { method: 'POST', headers: { 'content-type': 'text/x' }, body: 'x' })).status,
    ).toBe(415);
    expect((await ask('/')).text).toContain('keys create --role admin');
  });

  test.each([
    { story: 'a request through a proxy', headers: { 'x-forwarded-for': '203.0.113.9' } },
    { story: 'a request through a proxy of the standard kind', headers: { forwarded: 'for=203.0.113.9' } },
    { story: 'a page whose name was made to point here', headers: { host: 'rebound.example' } },
  ] as { story: string; headers: Record<string, string> }[])(
    '$story is refused with how to make a key',
    async ({ headers }) => {
      const told = await ask('/api/v1/imports', { headers });
      expect([told.status, told.headers['www-authenticate']]).toEqual([401, 'Bearer']);
      expect(detailOf(told)).toContain('npm run cli -- keys create --role admin --name');
    },
  );

  test('the page of another site changes nothing', async () => {
    const pages: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of pages) {
      const told = await ask('/api/v1/audits', { method: 'POST', headers });
      expect([told.status, detailOf(told)]).toEqual([403, 'the page of another site may not change anything here']);
    }
  });

  test('a key that is none is refused though none is needed', async () => {
    const told = await ask('/api/v1/imports', { headers: { authorization: 'Bearer pa_nonsense' } });
    expect([told.status, told.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  test('a service meant for others is open to nobody, and asks browsers for https', async () => {
    const variables = { PUBLIC_URL: 'https://audit.example' };
    const meant = await wholeApp({ databaseUrl: database.url(), clock, variables });
    try {
      expect((await call(`${meant.url}/api/v1/imports`)).status).toBe(401);
      const page = await call(`${meant.url}/login`);
      expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
    } finally {
      await meant.stop();
    }
  });

  test('the first key closes the door at once', async () => {
    const { key } = await keyOf(app, 'viewer', 'first');
    expect((await ask('/api/v1/imports')).status).toBe(401);
    expect((await ask('/api/v1/imports', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  });
});

describe('with keys', () => {
  const database = useDatabase();
  const keys = new Map<string, { id: string; key: string }>();
  let app: HttpApp;
  let routes: readonly HttpRoute[];
  beforeAll(async () => {
    app = await wholeApp({ databaseUrl: database.url(), clock });
    routes = app.nest.get(HttpRoutes).list();
    for (const role of ['viewer', 'auditor', 'admin'] as const) keys.set(role, await keyOf(app, role, `the ${role}`));
    const revoked = await keyOf(app, 'admin', 'revoked');
    await app.nest.get(AccessService).revoke(revoked.id, now);
    keys.set('revoked', revoked);
  });
  afterAll(() => app.stop());

  const ask = (path: string, asked?: Asked): Promise<Told> => call(`${app.url}${path}`, asked);
  const keyFor = (name: string): string => keys.get(name)?.key ?? '';

  test('every route the server knows is one of a controller, and names who may call it', () => {
    interface Layer {
      route?: { path: string; methods: Record<string, boolean> };
    }
    const { router } = app.nest.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const served = router.stack.flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
    );
    const declared = routes.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(served)].sort()).toEqual([...new Set(declared)].sort());
    expect(served.length).toBeGreaterThan(20);
    expect(routes.filter(({ needs }) => needs === null)).toEqual([]);
  });

  /** What became of a call: let in, refused, or sent to sign in. */
  async function outcome({ method, path }: HttpRoute, authorization: string | null): Promise<string> {
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const told = await ask(path.replaceAll(/[:*]\w+/g, 'x'), { method, headers });
    // Signing out ends on the same page.
    if (path !== '/logout' && told.status === 303 && told.headers['location']?.startsWith('/login')) return 'sign in';
    if (told.status === 401) return told.headers['www-authenticate'] ?? 'no challenge';
    if (told.status === 403) return /this needs the role \w+/i.exec(told.text)?.[0].toLowerCase() ?? 'no role named';
    return 'in';
  }

  /** What needs no key lets in; a webhook's sender shows no key either, but has to prove who it is. */
  const open = ({ path }: HttpRoute): string => (path.includes('/webhooks/') ? 'Webhook' : 'in');

  const RANK: Record<string, number> = { nobody: 0, viewer: 1, auditor: 2, admin: 3 };

  test.each(['viewer', 'auditor', 'admin'])(
    'the %s is let in where the role is enough, and told which is where not',
    async (role) => {
      for (const route of routes) {
        const needs = route.needs ?? '';
        const enough = (RANK[role] ?? 0) >= (RANK[needs] ?? 9);
        const expected = enough ? open(route) : `this needs the role ${needs}`;
        expect([route, await outcome(route, `Bearer ${keyFor(role)}`)]).toEqual([route, expected]);
      }
    },
  );

  test.each([
    {
      who: 'a revoked key',
      authorization: () => `Bearer ${keyFor('revoked')}`,
      challenge: 'Bearer error="invalid_token"',
    },
    {
      who: 'the id of a key with another secret',
      authorization: () => `Bearer ${keyFor('admin').slice(0, -43)}${'A'.repeat(43)}`,
      challenge: 'Bearer error="invalid_token"',
    },
    { who: 'a text that is no key', authorization: () => 'Bearer letmein', challenge: 'Bearer error="invalid_token"' },
    { who: 'another way to sign in', authorization: () => 'Basic YTpi', challenge: 'Bearer error="invalid_request"' },
  ])('$who opens nothing that is not open to all', async ({ authorization, challenge }) => {
    for (const route of routes) {
      const expected = route.needs === 'nobody' ? open(route) : challenge;
      expect([route, await outcome(route, authorization())]).toEqual([route, expected]);
    }
  });

  test('without a key a program is asked for one, and a person is sent to sign in', async () => {
    for (const route of routes) {
      const forPrograms = route.path.startsWith('/api/');
      const expected = route.needs === 'nobody' ? open(route) : forPrograms ? 'Bearer' : 'sign in';
      expect([route, await outcome(route, null)]).toEqual([route, expected]);
    }
  });

  describe('a browser', () => {
    const signIn = (key: string, more: { next?: string; headers?: Record<string, string> } = {}): Promise<Told> => {
      const body = new URLSearchParams({ key, next: more.next ?? '/' }).toString();
      return ask('/login', { method: 'POST', headers: { ...FORM, ...more.headers }, body });
    };
    const cookieOf = ({ headers }: Told): string => headers['set-cookie']?.[0] ?? '';
    const session = async (role: string): Promise<string> =>
      cookieOf(await signIn(keyFor(role))).split(';', 1)[0] ?? '';

    test('is sent to sign in, and back to where it wanted to go', async () => {
      const away = await ask('/findings?severity=high');
      expect([away.status, away.headers['location']]).toEqual([303, '/login?next=%2Ffindings%3Fseverity%3Dhigh']);
      expect((await ask(away.headers['location'] ?? '')).text).toContain('value="/findings?severity');
      const back = await signIn(` ${keyFor('viewer')}\n`, { next: '/findings?severity=high' });
      expect([back.status, back.headers['location']]).toEqual([303, '/findings?severity=high']);
      const page = await ask('/findings', { headers: { cookie: cookieOf(back).split(';', 1)[0] ?? '' } });
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('the viewer')]);
    });

    test('gets a cookie that scripts do not see, for the hours that are set', async () => {
      const cookie = cookieOf(await signIn(keyFor('viewer')));
      expect(cookie).toMatch(/^pa_session=[\w.-]+; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      expect(cookie).not.toContain(keyFor('viewer').split('_')[2]);
    });

    test('sends its cookie over https only where people come by https', async () => {
      const databaseUrl = database.url();
      const meant = await wholeApp({ databaseUrl, clock, variables: { PUBLIC_URL: 'https://audit.example' } });
      try {
        const body = new URLSearchParams({ key: keyFor('viewer') }).toString();
        const headers = { ...FORM, origin: 'https://audit.example' };
        expect(cookieOf(await call(`${meant.url}/login`, { method: 'POST', headers, body }))).toContain('; Secure;');
      } finally {
        await meant.stop();
      }
    });

    test.each(['//elsewhere.example/', 'https://elsewhere.example/', '/\\elsewhere.example'])(
      'is never sent on to %s',
      async (next) => expect((await signIn(keyFor('viewer'), { next })).headers['location']).toBe('/'),
    );

    test('is not signed in by the page of another site, nor with a wrong key', async () => {
      const foreign = await signIn(keyFor('viewer'), { headers: { 'sec-fetch-site': 'cross-site' } });
      expect([foreign.status, foreign.headers['set-cookie']]).toEqual([403, undefined]);
      const wrong = await signIn(keyFor('revoked'));
      expect([wrong.status, wrong.headers['set-cookie']]).toEqual([401, undefined]);
      expect(wrong.text).toContain('no key of this service');
      expect(wrong.text).not.toContain(keyFor('revoked'));
    });

    test('may use the interface for programs: to read always, to change things from our own pages', async () => {
      const cookie = await session('auditor');
      expect((await ask('/api/v1/imports', { headers: { cookie } })).status).toBe(200);
      const change = (more: Record<string, string>): Promise<Told> =>
        ask('/api/v1/labels', {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json', ...more },
          body: '[]',
        });
      const { host } = new URL(app.url);
      expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
      expect((await change({ origin: `http://${host}` })).status).toBe(200);
      const elsewhere: Record<string, string>[] = [
        {},
        { origin: 'https://x.example' },
        { 'sec-fetch-site': 'same-site' },
      ];
      for (const foreign of elsewhere) expect((await change(foreign)).status).toBe(403);
    });

    test('is signed out by itself, by the end of the hours, and by the end of its key', async () => {
      const out = await ask('/logout', { method: 'POST', headers: { cookie: await session('viewer') } });
      expect([out.status, cookieOf(out)]).toEqual([
        303,
        expect.stringMatching(/^pa_session=; .*Expires=Thu, 01 Jan 1970/),
      ]);
      const { id, key } = await keyOf(app, 'viewer', 'short');
      const cookie = cookieOf(await signIn(key)).split(';', 1)[0] ?? '';
      expect((await ask('/api/v1/imports', { headers: { cookie } })).status).toBe(200);
      later(12 * 3_600_000);
      expect((await ask('/api/v1/imports', { headers: { cookie } })).status).toBe(401);
      later(-12 * 3_600_000);
      await app.nest.get(AccessService).revoke(id, now);
      expect((await ask('/api/v1/imports', { headers: { cookie } })).status).toBe(401);
    });

    test('has to wait after ten wrong keys within a minute, even with the right one', async () => {
      later(120_000);
      for (let wrong = 0; wrong < 10; wrong += 1) expect((await signIn('guess')).status).toBe(401);
      later(15_000);
      const told = await signIn(keyFor('viewer'));
      expect([told.status, told.headers['retry-after'], told.headers['set-cookie']]).toEqual([429, '45', undefined]);
      later(45_000);
      expect((await signIn(keyFor('viewer'))).status).toBe(303);
    });
  });
});
