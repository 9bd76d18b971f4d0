import { type Language, useLanguage } from '@kaibo/ui/i18n.ts'
import { type Catalog, createTranslate, type Translate } from '@kaibo/ui/translate.ts'
import en from './en.json'
import zh from './zh-CN.json'

const catalogs: Readonly<Record<Language, Catalog>> = { 'zh-CN': zh, en }
const known = new Map<Language, Translate>()

/**
 * The strings of replays and clips. They come with the pages that need them, not with the first
 * visit of a live room, which has no byte to spare.
 */
export function useWords(): Translate {
  const [language] = useLanguage()
  const before = known.get(language)
  if (before) return before
  const onMissing = (key: string) => console.error(`missing i18n key replay:${key} (${language})`)
  const translate = createTranslate(catalogs[language], { language, onMissing })
  known.set(language, translate)
  return translate
}
