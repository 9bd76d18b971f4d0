import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'

/** Switches between Chinese and English in place; the preview plays on. */
export function LanguageButton() {
  const t = useT()
  const [language, setLanguage] = useLanguage()
  return (
    <IconButton
      icon="language"
      label={t('language.switch')}
      onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
    />
  )
}
