import type { Chat } from '../chat/use-chat.ts'
import { type Ban, type BanFacts, banOf, parsedBans, withBan, withoutBan } from './bans.ts'

/** What `useBanMemory` looks for before it fetches this. */
const storageKey = 'kaibo.bans'

/** What this browser told a visitor by its own memory: it says nothing about who signs in then. */
let lent: Chat['exile'] = null

type Place = BanFacts & Pick<Chat, 'exile' | 'setExile' | 'askDoor'>

/**
 * A ban is of a person, and rooms are public: who signs out is nobody any more. This browser keeps
 * what it was told, so that signing out does not open the door again; whoever was let in anew, or
 * comes as somebody else, is judged by the server alone.
 */
export function settleBan({ exile, setExile, askDoor, ...facts }: Place): void {
  const kept = parsedBans(localStorage.getItem(storageKey), Date.now())
  const keep = (bans: readonly Ban[]) => {
    if (bans.length > 0) localStorage.setItem(storageKey, JSON.stringify(bans))
    else localStorage.removeItem(storageKey)
  }
  const { shopId, userId } = facts
  const known = banOf(kept, shopId)
  if (userId === null) {
    if (!known || exile) return
    lent = { kind: 'ban', until: known.until }
    setExile(lent)
  } else if (exile !== null && exile === lent) {
    setExile(null)
    void askDoor()
  } else if (exile?.kind === 'ban') {
    keep(withBan(kept, { shopId, userId, until: exile.until }))
  } else if (known?.userId === userId) {
    // Lifted, perhaps: who is still banned is told so at the door, and kept again.
    keep(withoutBan(kept, shopId))
    void askDoor()
  }
}
