import type { ReactNode } from 'react'

type PageShellProps = {
  title: string
  /** One sentence below the title. */
  hint?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** Title, actions, content: the same on every page. */
export function PageShell({ title, hint, actions, children }: PageShellProps) {
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {hint && <p className="k-muted">{hint}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
