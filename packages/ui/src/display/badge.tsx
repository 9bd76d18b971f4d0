import type { JSX, ReactNode } from 'react'
import { useKitT } from '../i18n.ts'
import { useFormat } from '../use-format.ts'
import './badge.css'
import { Icon } from './icon.tsx'

export type BadgeTone = 'plain' | 'accent' | 'success' | 'warning' | 'danger' | 'info' | 'glass'

/** A short state or mark. Never the only carrier of meaning by colour: it always has words. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span className="k-badge" data-tone={tone}>
      {children}
    </span>
  )
}

/** On air: the product's own mark, with an equaliser that moves. */
export function LiveBadge({ children }: { children?: ReactNode }): JSX.Element {
  const t = useKitT()
  return (
    <span className="k-badge k-live" data-tone="live">
      <span className="k-live-bars" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {children ?? t('badge.live')}
    </span>
  )
}

/** How many are watching, over a picture. */
export function ViewerCount({ count }: { count: number }): JSX.Element {
  const t = useKitT()
  const format = useFormat()
  return (
    <span className="k-badge k-num" data-tone="glass">
      <Icon name="eye" />
      <span aria-hidden="true">{format.count(count)}</span>
      <span className="k-sr">{t('viewers', { count })}</span>
    </span>
  )
}
