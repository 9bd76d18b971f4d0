import { newId } from '@kaibo/kernel/ids'
import type { World } from './world.ts'

const plan = {
  kind: 'vote',
  question: '喜欢哪一款？',
  options: ['龙井', '岩茶'],
  rightOption: null,
  windowSec: 60,
}

/** A poll that is prepared. */
async function newPoll({ must, shopId, liveId: id }: World) {
  const pollId = newId()
  await must('owner', 'poll.create', { shopId, id, pollId, ...plan })
  return { shopId, id, pollId }
}

/** Polls that were opened, by room. */
const opened = new Map<string, string>()

/** The poll of the room that is open. */
async function openPoll(world: World) {
  const { must, shopId, liveId: id } = world
  const pollId = opened.get(id)
  if (pollId !== undefined) return { shopId, id, pollId }
  const at = await newPoll(world)
  await must('owner', 'poll.open', at)
  opened.set(id, at.pollId)
  return at
}

/** A prepared poll in a room where none is open. */
async function readyPoll(world: World) {
  const { must, shopId, liveId: id } = world
  const pollId = opened.get(id)
  if (pollId !== undefined) await must('owner', 'poll.close', { shopId, id, pollId })
  const at = await newPoll(world)
  opened.set(id, at.pollId)
  return at
}

export const pollCalls = {
  list: ({ liveId: id }: World) => ({ id }),
  ranking: async (world: World) => {
    const { id, pollId } = await openPoll(world)
    return { id, pollId }
  },
  mine: ({ liveId }: World) => ({ liveId }),
  vote: async (world: World) => {
    const { id: liveId, pollId } = await openPoll(world)
    return { liveId, pollId, option: 0 }
  },
  manageList: ({ shopId, liveId: id }: World) => ({ shopId, id }),
  create: ({ shopId, liveId: id }: World) => ({ shopId, id, pollId: newId(), ...plan }),
  open: async (world: World) => {
    const at = await readyPoll(world)
    // Open already, so that it is open for the next call as well, whoever asked.
    await world.must('owner', 'poll.open', at)
    return at
  },
  close: openPoll,
  remove: newPoll,
}

const story = { kind: 'story', title: '产地', text: '明前茶。', pictureFileIds: [] }

async function newStory({ must, shopId }: World) {
  const id = newId()
  await must('owner', 'story.create', { shopId, id, story })
  return { shopId, id }
}

export const storyCalls = {
  ofRoom: ({ liveId: id }: World) => ({ id }),
  setRoom: async (world: World) => {
    const { must, shopId, liveId: id } = world
    const { version } = await must('visitor', 'story.ofRoom', { id })
    return { shopId, id, version, storyIds: [(await newStory(world)).id] }
  },
  list: ({ shopId }: World) => ({ shopId, limit: 5 }),
  create: ({ shopId }: World) => ({ shopId, id: newId(), story }),
  update: async (world: World) => ({ ...(await newStory(world)), story }),
  remove: newStory,
}

export const insightCalls = {
  signals: ({ liveId, productId }: World) => ({ liveId, items: [{ kind: 'click', productId }] }),
  view: ({ shopId, liveId: id }: World) => ({ shopId, id }),
}

const session = { title: '开播', category: 'tea' }
const own = ({ shopId, liveId: id }: World) => ({ shopId, id })

export const liveCalls = {
  feed: () => ({}),
  room: ({ liveId: id }: World) => ({ id }),
  token: ({ liveId }: World) => ({ liveId }),
  create: ({ shopId, liveId: id }: World) => ({ shopId, id, ...session, coverFileId: null }),
  sessions: ({ shopId }: World) => ({ shopId, limit: 5 }),
  session: own,
  update: (world: World) => ({ ...own(world), title: '再来' }),
  renewKey: own,
  health: own,
  publishTicket: own,
  reopen: own,
  end: own,
  recap: own,
}

export const showcaseCalls = {
  bag: ({ liveId: id }: World) => ({ id }),
  explains: ({ liveId: id }: World) => ({ id }),
  setBag: async (world: World) => {
    const { version } = await world.must('visitor', 'showcase.bag', { id: world.liveId })
    return { ...own(world), version, productIds: [world.productId] }
  },
  explain: (world: World) => ({ ...own(world), productId: world.productId }),
}
