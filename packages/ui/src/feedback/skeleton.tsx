import type { JSX } from 'react'
import { useKitT } from '../i18n.ts'
import './skeleton.css'

/** A grey shape where something will be; give it the size of the real thing. */
export function Skeleton(props: {
  width?: string
  height?: string
  shape?: 'box' | 'text' | 'circle'
}): JSX.Element {
  const { width, height, shape = 'box' } = props
  return (
    <span
      className="k-skeleton"
      data-shape={shape}
      style={{ '--w': width, '--h': height }}
      aria-hidden="true"
    />
  )
}

/** Placeholder rows for a list that is loading; says "loading" once to screen readers. */
export function SkeletonList({ rows = 4 }: { rows?: number }): JSX.Element {
  const t = useKitT()
  return (
    <div className="k-skeleton-list" role="status" aria-label={t('loading')}>
      {Array.from(Array(rows).keys(), row => (
        <div key={row} className="k-skeleton-row">
          <Skeleton width="56px" height="56px" />
          <div className="k-skeleton-lines">
            <Skeleton shape="text" width="70%" />
            <Skeleton shape="text" width="40%" />
          </div>
        </div>
      ))}
    </div>
  )
}
