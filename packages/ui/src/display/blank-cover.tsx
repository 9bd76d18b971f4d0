import type { JSX } from 'react'
import { hueOf, initialOf } from './face.ts'
import './blank-cover.css'

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
      <small>{name}</small>
    </span>
  )
}
