import logo from '@kaibo/ui/brand/logo.svg'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import type { ReactNode } from 'react'
import { useTitle } from '../../shell/use-title.ts'
import './account.css'

/** The door of the studio: what it is on one side, one small form on the other. */
export function Welcome({ title, children }: { title: string; children: ReactNode }) {
  const t = useT()
  useTitle(title)
  return (
    <main className="welcome">
      <section className="welcome-words">
        <img className="welcome-logo" src={logo} alt="Kaibo 开播" />
        <p className="welcome-slogan">{t('welcome.slogan')}</p>
        <ul className="welcome-points">
          <li>{t('welcome.encoder')}</li>
          <li>{t('welcome.bag')}</li>
          <li>{t('welcome.recap')}</li>
        </ul>
      </section>
      <section className="welcome-form">
        <div className="welcome-tools">
          <LanguageButton />
        </div>
        <div className="welcome-panel k-stack">
          <h1>{title}</h1>
          {children}
        </div>
      </section>
    </main>
  )
}
