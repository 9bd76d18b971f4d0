import type { JSX } from 'react'
import './avatar.css'
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
