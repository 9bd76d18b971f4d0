import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useEffect } from 'react'
import { useLocation } from 'wouter'

type PageShellProps = {
  title: string
  /** One sentence below the title. */
  hint?: ReactNode
  /** Where the back button leads; only pages below another one have it. */
  back?: string
  actions?: ReactNode
  children: ReactNode
}

/** Title, actions, content: the same on every page. */
export function PageShell({ title, hint, back, actions, children }: PageShellProps) {
  const t = useT()
  const kit = useT('ui')
  const [, go] = useLocation()
  // A new page begins at its top.
  useEffect(() => {
    scrollTo(0, 0)
  }, [])
  const tab = `${title} · ${t('app.name')}`
  useEffect(() => {
    document.title = tab
  }, [tab])
  return (
    <div className="page">
      <header className="page-head">
        {back && <IconButton icon="back" label={kit('action.back')} onClick={() => go(back)} />}
        <h1>{title}</h1>
        {actions && <div className="page-actions">{actions}</div>}
        {hint && <p className="k-muted">{hint}</p>}
      </header>
      {children}
    </div>
  )
}
