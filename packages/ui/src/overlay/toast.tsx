import { type JSX, useEffect, useId, useState, useSyncExternalStore } from 'react'
import { Icon } from '../display/icon.tsx'
import './toast.css'
import { dismissToast, type ToastAction, type ToastItem, toastStore } from './toast-store.ts'

/**
 * Where toasts appear: once at the end of the app. Sheets and dialogs bring their own, because
 * an open one makes the rest of the page silent and covers it; the newest outlet shows them all.
 */
export function Toasts(): JSX.Element {
  const items = useSyncExternalStore(toastStore.subscribe, toastStore.items)
  const isTop = useIsTopOutlet()
  return (
    <div className="k-toasts">
      <div aria-live="polite">{isTop && items.filter(isCalm).map(card)}</div>
      <div aria-live="assertive">{isTop && items.filter(item => !isCalm(item)).map(card)}</div>
    </div>
  )
}

const isCalm = (item: ToastItem): boolean => item.tone !== 'error'

const card = (item: ToastItem): JSX.Element => (
  <p key={item.id} className="k-toast" data-tone={item.tone}>
    {item.tone !== 'plain' && <Icon name={item.tone === 'error' ? 'warning' : 'check'} />}
    {item.text}
    {item.action && <ToastButton item={item} action={item.action} />}
  </p>
)

const ToastButton = ({ item, action }: { item: ToastItem; action: ToastAction }) => (
  <button
    type="button"
    className="k-toast-action"
    onClick={() => {
      dismissToast(item)
      action.act()
    }}
  >
    {action.label}
  </button>
)

let outlets: readonly string[] = []
const outletListeners = new Set<() => void>()

function useIsTopOutlet(): boolean {
  const id = useId()
  const [isTop, setIsTop] = useState(false)
  useEffect(() => {
    const update = () => setIsTop(outlets.at(-1) === id)
    const change = (next: readonly string[]) => {
      outlets = next
      for (const listener of outletListeners) listener()
    }
    outletListeners.add(update)
    change([...outlets, id])
    return () => {
      outletListeners.delete(update)
      change(outlets.filter(outlet => outlet !== id))
    }
  }, [id])
  return isTop
}
