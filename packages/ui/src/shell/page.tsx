import type { JSX, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { IconButton } from '../control/button.tsx'
import { useKitT } from '../i18n.ts'
import './page.css'

export type PageProps = {
  /** The bar on top, normally an AppBar. */
  bar?: ReactNode
  /** Stays at the bottom: a BottomNav or the page's main action. */
  foot?: ReactNode
  /** narrow: reading and forms on a phone · wide: feeds and consoles. */
  width?: 'narrow' | 'wide'
  className?: string
  children: ReactNode
}

/** The frame of a page: bar, main landmark, foot. */
export function Page({ bar, foot, width = 'narrow', className, children }: PageProps): JSX.Element {
  return (
    <div className={classes('k-page', className)} data-width={width}>
      {bar}
      <main className="k-page-main">{children}</main>
      {foot && <div className="k-page-foot">{foot}</div>}
    </div>
  )
}

export type AppBarProps = {
  title: ReactNode
  /** Shows the back button. */
  onBack?: (() => void) | undefined
  /** Before the title when there is no way back: the logo. */
  lead?: ReactNode
  actions?: ReactNode
}

/** Title bar; it holds the page's only `<h1>`. */
export function AppBar({ title, onBack, lead, actions }: AppBarProps): JSX.Element {
  const t = useKitT()
  return (
    <header className="k-bar">
      <div className="k-bar-inner">
        {onBack ? <IconButton icon="back" label={t('action.back')} onClick={onBack} /> : lead}
        <h1 className="k-bar-title">{title}</h1>
        {actions}
      </div>
    </header>
  )
}
