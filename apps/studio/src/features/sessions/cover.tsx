import { BlankCover } from '@kaibo/ui/display/avatar.tsx'
import './sessions.css'

/** The cover of a session, or the first letter of its title when it has none. */
export function Cover({
  of: { coverUrl, title },
}: {
  of: { coverUrl: string | null; title: string }
}) {
  return (
    <span className="cover">
      {coverUrl ? (
        <img src={coverUrl} alt="" loading="lazy" decoding="async" />
      ) : (
        <BlankCover name={title} title={title} />
      )}
    </span>
  )
}
