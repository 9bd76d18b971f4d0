import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'

/** Switches between Chinese and English in place: nothing reloads, a playing stream goes on. */
export function LanguageButton({ tone = 'plain' }: { tone?: 'plain' | 'glass' }) {
  const t = useT()
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
