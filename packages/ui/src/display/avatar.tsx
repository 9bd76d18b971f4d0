import type { JSX } from 'react'
import './avatar.css'
import './blank-cover.css'
import { hueOf, initialOf } from './face.ts'

export type AvatarProps = {
  name: string
  src?: string | null | undefined
  /** Pixels across; 36 unless said otherwise. */
  size?: number
  /** A ring that says this person is on air. */
  live?: boolean
}

/** A face, or the first letter of the name on a colour that stays the same for that name. */
export function Avatar({ name, src, size = 36, live }: AvatarProps): JSX.Element {
  return (
    <span
      className="k-avatar"
      data-live={live || undefined}
      data-hue={hueOf(name)}
      style={{ '--avatar': `${size}px` }}
    >
      {src ? <img src={src} alt="" loading="lazy" decoding="async" /> : initialOf(name)}
    </span>
  )
}

export type BlankCoverProps = {
  /** Whose show it is; its first letter is drawn. */
  name: string
  /** What it is called: shows of one shop differ in colour. */
  title: string
}

/** The face of a show without a cover: a letter on a gradient. It fills the box it is in. */
export function BlankCover({ name, title }: BlankCoverProps): JSX.Element {
  return (
    <span className="k-blank-cover" data-hue={hueOf(title)} aria-hidden="true">
      <b>{initialOf(name)}</b>
    </span>
  )
}
