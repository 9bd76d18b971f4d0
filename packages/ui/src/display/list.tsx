import type { JSX, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { Icon } from './icon.tsx'
import './list.css'

/** Rows of one kind, as a real list. `inset`: in a card of its own, lines between the rows. */
export function List(props: {
  children: ReactNode
  label?: string | undefined
  inset?: boolean
  className?: string
}): JSX.Element {
  const { children, label, inset, className } = props
  return (
    <ul className={classes('k-list', inset && 'k-list-inset', className)} aria-label={label}>
      {children}
    </ul>
  )
}

export type ListItemProps = {
  title: ReactNode
  /** Under the title, quieter. */
  body?: ReactNode
  /** Before the text: a picture, an avatar, an icon. */
  lead?: ReactNode
  /** After the text: a value, a badge, a switch. */
  trail?: ReactNode
  /** The row leads somewhere else. */
  href?: string | undefined
  /** The row does something here. A row has either `href` or `onPress`. */
  onPress?: (() => void) | undefined
  /** Announced and drawn as the chosen one. */
  current?: boolean | undefined
}

/** A row; as a whole a link or a button when it does something. */
export function ListItem(props: ListItemProps): JSX.Element {
  const { title, body, lead, trail, href, onPress, current } = props
  const content = (
    <>
      {lead}
      <span className="k-item-text">
        <span className="k-item-title">{title}</span>
        {body && <span className="k-item-body">{body}</span>}
      </span>
      {trail !== undefined && <span className="k-item-trail">{trail}</span>}
      {href !== undefined && <Icon name="chevron" className="k-item-arrow" />}
    </>
  )
  return (
    <li className="k-item" data-current={current || undefined}>
      {href !== undefined ? (
        <a className="k-item-main" href={href} aria-current={current || undefined}>
          {content}
        </a>
      ) : onPress ? (
        <button type="button" className="k-item-main" onClick={onPress} aria-pressed={current}>
          {content}
        </button>
      ) : (
        <div className="k-item-main">{content}</div>
      )}
    </li>
  )
}
