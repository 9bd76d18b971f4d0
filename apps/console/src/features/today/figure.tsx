import type { ApiError } from '@kaibo/client/client'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

type FigureProps<T> = {
  label: string
  hint?: string
  query: { data: T | undefined; error: ApiError | null }
  /** Where the rows behind the figure are. */
  href?: string
  isMain?: boolean
  children: (value: T) => ReactNode
}

/** One figure, and the way to what it counts. */
export function Figure<T>({ label, hint, query, href, isMain, children }: FigureProps<T>) {
  const sentence = useErrorSentence()
  const { data, error } = query
  const content = (
    <>
      <span className="figure-label">
        {label}
        {href && <Icon name="chevron" />}
      </span>
      {data !== undefined && children(data)}
      {data === undefined && !error && <Skeleton width="6em" height="2em" />}
      {data === undefined && error && <span className="k-muted">{sentence(error)}</span>}
      {hint && <small className="k-muted">{hint}</small>}
    </>
  )
  return href ? (
    <Link className="figure k-card" data-main={isMain || undefined} href={href}>
      {content}
    </Link>
  ) : (
    <div className="figure k-card">{content}</div>
  )
}
