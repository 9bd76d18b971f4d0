import { createInstance, type i18n, type TFunction } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
/** A nested table of strings, as in `locales/en.json`. */
export type Catalog = { readonly [key: string]: string | Catalog }
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
export async function createI18n(app: App): Promise<i18n> {
  const language = pickLanguage([storedLanguage(), ...navigator.languages])
  const instance = createInstance()
  running = { instance, app }
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: [...languages],
    ns: [app.ns, kitNs],
    defaultNS: app.ns,
    resources: { [language]: await catalogsOf(app, language) },
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    // A missing string is a bug that the browser tests must see.
    saveMissing: true,
    missingKeyHandler: (_languages, ns, key) =>
      console.error(`missing i18n key ${ns}:${key} (${instance.language})`),
  })
  document.documentElement.lang = language
  return instance
}

/** Switches language in place: no reload, so a playing stream goes on. Remembers the choice. */
export async function setLanguage(language: Language): Promise<void> {
  if (!running) return
  const { instance, app } = running
  if (!instance.hasResourceBundle(language, kitNs)) {
    const catalogs = await catalogsOf(app, language)
    for (const [ns, catalog] of Object.entries(catalogs)) {
      instance.addResourceBundle(language, ns, catalog)
    }
  }
  await instance.changeLanguage(language)
  document.documentElement.lang = language
  storeLanguage(language)
}

/** The translate function of an area; without one, of the app's own. */
export function useT(ns?: string): TFunction {
  return useTranslation(ns).t
}

/** The kit's own strings. */
export function useKitT(): TFunction {
  return useTranslation(kitNs).t
}

/** The current language and the switch. */
export function useLanguage(): readonly [Language, (language: Language) => Promise<void>] {
  const { i18n: instance } = useTranslation()
  return [pickLanguage([instance.language]), setLanguage]
}

type App = { ns: string; load: LoadCatalog }

// One page speaks one language: the translator is the page's, not an object to hand around.
let running: { instance: i18n; app: App } | undefined

async function catalogsOf(app: App, language: Language) {
  const [own, kit] = await Promise.all([app.load(language, app.ns), loadKit(language)])
  return { [app.ns]: own, [kitNs]: kit }
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
