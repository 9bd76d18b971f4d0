import type { JSX, ReactNode } from 'react'
import { Button } from '../control/button.tsx'
import { Icon, type IconName } from '../display/icon.tsx'
import { useKitT } from '../i18n.ts'
import './empty.css'

export type EmptyProps = {
  icon?: IconName
  title: string
  /** What to do about it, in one sentence. */
  children?: ReactNode
  /** The way out, normally one Button. */
  action?: ReactNode
}

/** A place with nothing in it yet, said kindly. */
export function Empty({ icon = 'bag', title, children, action }: EmptyProps): JSX.Element {
  return (
    <div className="k-empty">
      <span className="k-empty-mark">
        <Icon name={icon} />
      </span>
      <p className="k-empty-title">{title}</p>
      {children && <div className="k-empty-body">{children}</div>}
      {action && <div className="k-empty-action">{action}</div>}
    </div>
  )
}

export type ErrorStateProps = {
  title?: string
  /** The error in words; a general sentence when left out. */
  children?: ReactNode
  onRetry?: (() => void) | undefined
  busy?: boolean
}

/** Something failed: what it was, and a way to try again. */
export function ErrorState({ title, children, onRetry, busy }: ErrorStateProps): JSX.Element {
  const t = useKitT()
  return (
    <div role="alert">
      <Empty
        icon="warning"
        title={title ?? t('error.title')}
        action={
          onRetry && (
            <Button busy={busy} onClick={onRetry}>
              {t('action.retry')}
            </Button>
          )
        }
      >
        {children ?? t('error.body')}
      </Empty>
    </div>
  )
}
