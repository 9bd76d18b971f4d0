import { type JSX, type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import './tabs.css'

export type Tab<Id extends string> = { id: Id; label: ReactNode; count?: number | undefined }
export type TabsProps<Id extends string> = {
  /** What the tabs choose between, for screen readers. */
  label: string
  tabs: readonly Tab<Id>[]
  value: Id
  onChange: (id: Id) => void
  /** The panel of the chosen tab. */
  children?: ReactNode
}

/** Tabs with arrow keys, Home and End; the choice lives in the page (often in its address). */
export function Tabs<Id extends string>(props: TabsProps<Id>): JSX.Element {
  const { label, tabs, value, onChange, children } = props
  const baseId = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const next =
      tabs[
        stepTo(
          event.key,
          tabs.findIndex(tab => tab.id === value),
          tabs.length,
        )
      ]
    if (!next) return
    event.preventDefault()
    onChange(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus()
  }
  return (
    <div className="k-tabs">
      <div ref={list} className="k-tabs-list" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(tab => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            className="k-tab"
            id={`${baseId}-${tab.id}`}
            data-tab={tab.id}
            aria-selected={tab.id === value}
            aria-controls={children === undefined ? undefined : `${baseId}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="k-tab-count">{tab.count}</span>}
          </button>
        ))}
      </div>
      {children !== undefined && (
        <div
          className="k-tabs-panel"
          role="tabpanel"
          id={`${baseId}-panel`}
          aria-labelledby={`${baseId}-${value}`}
        >
          {children}
        </div>
      )}
    </div>
  )
}

/** Which tab a key leads to, wrapping around; -1 for keys that mean nothing here. */
function stepTo(key: string, from: number, count: number): number {
  if (key === 'ArrowRight') return (from + 1) % count
  if (key === 'ArrowLeft') return (from - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : -1
}
