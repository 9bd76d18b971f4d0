import type { JSX } from 'react'
import './spinner.css'

/** A turning ring; says nothing by itself (`aria-busy` or a label around it does). */
export function Spinner(): JSX.Element {
  return <span className="k-spinner" aria-hidden="true" />
}
