/**
 * Draws the demo pictures: `node apps/server/demo/art/draw.ts [name…] [--draft]`.
 * Names: a product slug, a cover, `flat` (avatars and sign), `clip`. Without a name: everything.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { drawStill, filmClip, type Layers, openStage } from './clip.ts'
import { clipLayers } from './clip-scenes.ts'
import { coverScenes } from './cover-scenes.ts'
import { avatars, shopLogo } from './portraits.ts'
import { productScenes } from './scenes.ts'
import { type Darkroom, openDarkroom, type Scene } from './tracer.ts'

const words = process.argv.slice(2)
const names = words.filter(word => !word.startsWith('--'))
const draft = words.includes('--draft')
const wanted = (name: string): boolean => names.length === 0 || names.includes(name)
const out = process.env.OUT_DIR ?? new URL('..', import.meta.url).pathname

/** A draft is half as wide and coarse: seconds instead of minutes. */
const sized = (scene: Scene): Scene =>
  draft ? { ...scene, width: scene.width / 2, height: scene.height / 2 } : scene

const save = async (path: string, bytes: Buffer | string): Promise<void> => {
  await writeFile(`${out}/${path}`, bytes)
  console.log(path, bytes.length)
}

const drawScenes = async (
  room: Darkroom,
  folder: string,
  scenes: Readonly<Record<string, Scene>>,
) => {
  for (const [name, scene] of Object.entries(scenes)) {
    if (!wanted(name)) continue
    const shot = { passes: draft ? 3 : 10 }
    for await (const picture of room.develop(sized(scene), [shot])) {
      await save(`${folder}/${name}.webp`, picture)
    }
  }
}

const drawLayers = async (room: Darkroom): Promise<Layers> => {
  const layers: Record<string, Buffer> = {}
  for (const [name, scene] of Object.entries(clipLayers)) {
    const shot = { passes: draft ? 2 : 8, type: 'image/png' } as const
    for await (const picture of room.develop(sized(scene), [shot])) layers[name] = picture
  }
  return layers
}

/** The room by night serves twice: as a cover it is one frame, as a clip six hundred. */
const drawTeaRoom = async (room: Darkroom): Promise<void> => {
  await openStage(room.page, await drawLayers(room))
  const cover = { seconds: 4.9, width: 720, height: 960, top: 130 } as const
  await save(
    'covers/tea-night.webp',
    await drawStill(room.page, { ...cover, type: 'image/webp', quality: 0.86 }),
  )
  await filmClip(room.page, `${out}/clip.flv`)
}

const drawFlat = async (room: Darkroom): Promise<void> => {
  await save('covers/shop-logo.svg', shopLogo)
  await save('covers/shop-logo.webp', await room.flatten(shopLogo, 256))
  for (const [at, svg] of avatars.entries()) {
    await save(`covers/avatar-${at + 1}.webp`, await room.flatten(svg, 128))
  }
}

await mkdir(`${out}/products`, { recursive: true })
await mkdir(`${out}/covers`, { recursive: true })
const room = await openDarkroom()
if (wanted('flat')) await drawFlat(room)
await drawScenes(room, 'products', productScenes)
await drawScenes(room, 'covers', coverScenes)
if (wanted('clip')) await drawTeaRoom(room)
await room.close()
