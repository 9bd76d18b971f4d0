import { Icon } from '@kaibo/ui/display/icon.tsx'
import './sessions.css'

/** The cover of a session, or our mark on paper when it has none. */
export function Cover({ url }: { url: string | null }) {
  return (
    <span className="cover">
      {url ? <img src={url} alt="" loading="lazy" decoding="async" /> : <Icon name="live" />}
    </span>
  )
}
