import { IconButton } from '../control/button.tsx'
import { useKitT, useLanguage } from '../i18n.ts'

/** Switches between Chinese and English in place: nothing reloads, a playing stream goes on. */
export function LanguageButton({ tone = 'plain' }: { tone?: 'plain' | 'glass' }) {
  const t = useKitT()
  const [language, setLanguage] = useLanguage()
  return (
    <IconButton
      icon="language"
      tone={tone}
      label={t('language.switch')}
      onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
    />
  )
}
