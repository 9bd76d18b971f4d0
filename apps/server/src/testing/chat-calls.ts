import { newId } from '@kaibo/kernel/ids'
import type { World } from './world.ts'

const page = { limit: 5 }

/** A question of the owner, whom no limit for viewers holds. */
async function question({ must, liveId: id }: World): Promise<{ id: string; commentId: string }> {
  const commentId = newId()
  await must('owner', 'chat.send', { id, commentId, text: '第几号？', kind: 'question' })
  return { id, commentId }
}

const questionOfShop = async (world: World) => ({
  shopId: world.shopId,
  ...(await question(world)),
})

export const chatCalls = {
  history: ({ liveId: id }: World) => ({ id }),
  mine: ({ liveId }: World) => ({ liveId }),
  threads: ({ liveId: id }: World) => ({ id, ...page }),
  thread: async (world: World) => ({ ...(await question(world)), ...page }),
  send: ({ liveId: id }: World) => ({ id, commentId: newId(), text: `你好 ${newId()}` }),
  setSettings: ({ shopId, liveId: id }: World) => ({
    ...{ shopId, id, slowModeSec: 0, isFollowersOnly: false, takesQuestions: true },
  }),
  pin: questionOfShop,
  announce: ({ shopId, liveId: id }: World) => ({ shopId, id, announcement: '今晚八点抽奖' }),
  questions: ({ shopId, liveId: id }: World) => ({ shopId, id, isAnswered: false, ...page }),
  setAnswered: async (world: World) => ({ ...(await questionOfShop(world)), isAnswered: true }),
  reviewList: ({ shopId, liveId: id }: World) => ({ shopId, id, ...page }),
  setState: async (world: World) => ({ ...(await questionOfShop(world)), state: 'removed' }),
}

const mute = (world: World) => ({
  ...{ shopId: world.shopId, id: world.liveId, sanctionId: newId(), userId: world.strangerId },
  ...{ kind: 'mute', durationSec: 60, reason: '', removesComments: false },
})

export const moderationCalls = {
  team: ({ shopId }: World) => ({ shopId }),
  find: ({ shopId }: World) => ({ shopId, phone: '13800000000' }),
  appoint: ({ shopId, strangerId: userId }: World) => ({ shopId, userId, role: 'moderator' }),
  dismiss: ({ shopId, strangerId: userId }: World) => ({ shopId, userId }),
  sanction: async (world: World) => {
    await world.must('owner', 'moderation.dismiss', moderationCalls.dismiss(world))
    return mute(world)
  },
  sanctions: ({ shopId }: World) => ({ shopId, isActive: true, ...page }),
  lift: async (world: World) => {
    const wanted = mute(world)
    await world.must('owner', 'moderation.sanction', wanted)
    return { shopId: world.shopId, id: wanted.sanctionId }
  },
}
