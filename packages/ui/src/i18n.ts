import { useSyncExternalStore } from 'react'
import { type Catalog, createTranslate, type Translate } from './translate.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
/** Fetches one area's catalog in one language, normally by a dynamic `import()` of its JSON. */
export type LoadCatalog = (language: Language, ns: string) => Promise<Catalog>

const storageKey = 'kaibo.language'
const kitNs = 'ui'

/** Which of our languages a BCP 47 tag means: any Chinese is zh-CN, any English is en. */
export function languageOf(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split('-')[0]
  if (primary === 'zh') return 'zh-CN'
  return primary === 'en' ? 'en' : null
}

/**
 * Whose dates a reader of the language expects: `en-GB` where the browser wishes that, not the
 * American ones of plain `en`. Chinese is that of the mainland, as its texts are.
 */
export function dateTagOf(language: Language, wishes: readonly string[]): string {
  if (language !== 'en') return language
  const regions = wishes.flatMap(wish => /^en-([a-z]{2})\b/i.exec(wish)?.[1] ?? [])
  return regions[0] ? `en-${regions[0].toUpperCase()}` : language
}

/** The first language of the wishes that we speak, else zh-CN. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = languageOf(wish)
    if (language) return language
  }
  return 'zh-CN'
}

/**
 * Starts translation for one app: detects the language (stored → browser → zh-CN), loads the kit's
 * and the app's catalogs of that language only, and keeps `<html lang>` true. Await it before the
 * first render; later languages load when they are chosen.
 */
export async function createI18n(app: App): Promise<void> {
  const language = pickLanguage([storedLanguage(), ...navigator.languages])
  running = { app, spoken: await speak(app, language) }
  document.documentElement.lang = language
}

/** Switches language in place: no reload, so a playing stream goes on. Remembers the choice. */
export async function setLanguage(language: Language): Promise<void> {
  if (!running) return
  const spoken = await speak(running.app, language)
  running = { ...running, spoken }
  document.documentElement.lang = language
  storeLanguage(language)
  for (const listener of listeners) listener()
}

/** The translate function of an area; without one, of the app's own. */
export function useT(ns?: string): Translate {
  const { app, spoken } = useRunning()
  return spoken.translate[ns ?? app.ns] ?? keyItself
}

/** The kit's own strings. */
export const useKitT = (): Translate => useT(kitNs)

/** The current language and the switch. */
export const useLanguage = (): readonly [Language, (language: Language) => Promise<void>] => [
  useRunning().spoken.language,
  setLanguage,
]

type App = { ns: string; load: LoadCatalog }
/** The strings of one language, area by area. */
type Spoken = { language: Language; translate: Readonly<Record<string, Translate>> }

// One page speaks one language: the translator is the page's, not an object to hand around.
let running: { app: App; spoken: Spoken } | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const silent: NonNullable<typeof running> = {
  app: { ns: 'app', load: async () => ({}) },
  spoken: { language: 'zh-CN', translate: {} },
}
const keyItself: Translate = key => key

/** Before {@link createI18n}, as in a test of one component, keys stand for themselves. */
const useRunning = () => useSyncExternalStore(subscribe, () => running ?? silent)

async function speak(app: App, language: Language): Promise<Spoken> {
  const [own, kit] = await Promise.all([app.load(language, app.ns), loadKit(language)])
  const translatorOf = (ns: string, catalog: Catalog) =>
    createTranslate(catalog, {
      language,
      // A missing string is a bug that the browser tests must see.
      onMissing: key => console.error(`missing i18n key ${ns}:${key} (${language})`),
    })
  return {
    language,
    translate: { [app.ns]: translatorOf(app.ns, own), [kitNs]: translatorOf(kitNs, kit) },
  }
}

async function loadKit(language: Language): Promise<Catalog> {
  const file =
    language === 'en' ? await import('./locales/en.json') : await import('./locales/zh-CN.json')
  return file.default
}

// Storage is refused in some private modes; the language then lasts as long as the page.
function storedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {}
}
