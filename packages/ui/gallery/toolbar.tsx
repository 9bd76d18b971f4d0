import { type ReactNode, useState } from 'react'
import { Button } from '../src/control/button.tsx'
import { LiveBadge } from '../src/display/badge.tsx'
import { useLanguage, useT } from '../src/i18n.ts'
import { AppBar } from '../src/shell/page.tsx'

export type Theme = 'paper' | 'room'

/** The theme of the gallery, kept in the address so that a screenshot can ask for it. */
export function useTheme() {
  const wished = new URLSearchParams(location.search).get('theme')
  return useState<Theme>(wished === 'room' ? 'room' : 'paper')
}

export function Toolbar(props: { theme: Theme; onTheme: (theme: Theme) => void }) {
  const t = useT()
  const [language, setLanguage] = useLanguage()
  const other = props.theme === 'paper' ? 'room' : 'paper'
  return (
    <AppBar
      title={t('title')}
      lead={<LiveBadge />}
      actions={
        <>
          <Button size="s" onClick={() => props.onTheme(other)}>
            {t(`theme.${other}`)}
          </Button>
          <Button
            size="s"
            icon="language"
            onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}
          >
            {language === 'en' ? '中文' : 'English'}
          </Button>
        </>
      }
    />
  )
}

/** One group of parts on a card. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="k-card g-group">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
