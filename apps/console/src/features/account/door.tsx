import logo from '@kaibo/ui/brand/logo.svg'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import type { ReactNode } from 'react'
import './account.css'

/** A single card in the middle of the page, before anybody is inside. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-tools">
        <LanguageButton />
      </div>
      <img className="door-logo" src={logo} alt="Kaibo 开播" />
      <section className="k-card door-card k-stack">
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  )
}
