import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect, useState } from 'react'
import { useCode } from '../../shell/use-code.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import type { Chat } from './use-chat.ts'
import type { Talk } from './use-talk.ts'
import { VisitorField } from './visitor-field.tsx'

const fetchComposer = async () => (await import('./composer.tsx')).Composer

type WriteProps = {
  liveId: string
  shop: { id: string; name: string } | undefined
  chat: Chat
  talk: Talk
  offsetMs: number
}

/** Where I write: who only watches does not load what a writer needs. */
export function Write({ shop, talk, ...rest }: WriteProps) {
  const { user } = useMe()
  const whenSignedIn = useSignedIn()
  const [isWaiting, setWaiting] = useState(false)
  const Composer = useCode(fetchComposer, user ? 'now' : 'later')
  const isReady = Composer !== undefined && shop !== undefined && Boolean(user)
  const { field } = talk
  useEffect(() => {
    if (!isReady || !isWaiting) return
    setWaiting(false)
    field.current?.focus()
  }, [isReady, isWaiting, field])
  return Composer && shop && user ? (
    <Composer shop={shop} talk={talk} {...rest} />
  ) : (
    <VisitorField onAsk={() => whenSignedIn(() => setWaiting(true))} />
  )
}
