// Somebody in front of the chat page: a browser of their own, and the things that people do with their hands and eyes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { type Guest, PASSWORD } from '../support/guest.js';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const QUIETLY = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE = 15_000; // ms: on a busy machine a browser takes its time, and a test that waits for it is not slower

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly touch?: boolean;
}

export class Visitor {
  /** What the browser had to complain about: a refused script, an exception, a failed request. */
  readonly complaints: string[] = [];
  displayName = '';

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly directory: string,
  ) {
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.location().url.endsWith('/demo.json')) return; // a server without a demo has none, and says so
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
  }

  /** A fresh browser at the page's door. */
  static async arrive(url: string, { width = 1_280, height = 800, touch = false }: Screen = {}): Promise<Visitor> {
    const directory = await mkdtemp(join(tmpdir(), 'parley-browser-'));
    const context = await chromium.launchPersistentContext(directory, {
      executablePath: CHROMIUM,
      args: QUIETLY,
      viewport: { width, height },
      hasTouch: touch,
      isMobile: touch,
      locale: 'en-GB',
    });
    const visitor = new Visitor(context.pages()[0] ?? (await context.newPage()), context, directory);
    await visitor.page.goto(url);
    return visitor;
  }

  /** Puts a hand on the line: frames from the server with these words in them wait between `hold` and `release`. */
  async gate(words: string): Promise<{ hold(): void; release(): void }> {
    let held: (() => void)[] | undefined;
    await this.page.routeWebSocket(/\/graphql$/, (page) => {
      page.connectToServer().onMessage((frame) => {
        if (held && String(frame).includes(words)) held.push(() => page.send(frame));
        else page.send(frame);
      });
    });
    await this.page.reload(); // what the page connects with is replaced when it is loaded
    return {
      hold: () => {
        held = [];
      },
      release: () => {
        for (const pass of held ?? []) pass();
        held = undefined;
      },
    };
  }

  async leave(): Promise<void> {
    await this.context.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  // ── the door ──

  async signUp(username: string, displayName: string): Promise<void> {
    this.displayName = displayName;
    await this.page.getByText('Sign up', { exact: true }).first().click();
    await this.page.getByLabel('Username').fill(username);
    await this.page.getByLabel('Name that others see').fill(displayName);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign up' }).click();
    await this.rooms.waitFor();
  }

  /** As somebody who was signed up through the API. */
  async signIn(guest: Guest): Promise<void> {
    await this.page.getByLabel('Username').fill(guest.username);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.rooms.waitFor();
  }

  // ── rooms ──

  get rooms(): Locator {
    return this.page.getByRole('navigation', { name: 'Your rooms' });
  }

  /** A room in the list, by its whole name. */
  roomLink(room: string): Locator {
    return this.rooms.getByRole('link').filter({ has: this.page.getByText(room, { exact: true }) });
  }

  /** Opens a room of one's own, and waits until one hears what happens in it. */
  async enter(room: string): Promise<void> {
    await this.roomLink(room).click();
    await this.isIn(room);
  }

  async isIn(room: string): Promise<void> {
    await this.page.getByRole('heading', { name: room, level: 2 }).waitFor();
    await this.isLive();
  }

  async isLive(): Promise<void> {
    await this.connection.filter({ hasText: 'Live' }).waitFor();
  }

  get connection(): Locator {
    return this.page.getByRole('status').filter({ hasText: 'Connection:', visible: true });
  }

  // ── talk ──

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message to' });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** The messages that say this, wherever they are in the talk. */
  message(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Messages' }).getByRole('article').filter({ hasText: text });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.message(text).first().waitFor();
  }

  async seesNoMore(text: string | RegExp): Promise<void> {
    await this.message(text).first().waitFor({ state: 'detached' });
  }

  /** Shown once, and no longer as something on its way. */
  async seesDelivered(text: string): Promise<void> {
    await this.page.locator('article:not([data-state])').filter({ hasText: text }).waitFor();
    expect(await this.message(text).count()).toBe(1);
  }
}
