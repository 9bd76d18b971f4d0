import { expect, test } from 'vitest'
import { fileIdsOf, type Picture, storedPictures, withMoved } from './model.ts'

const id = (last: string) => `019e5f3c-0000-7000-8000-00000000000${last}`
const [a, b, c] = ['1', '2', '3'].map(id)
const pictures = storedPictures([a, b, c].map(each => `/api/files/${each}`))

test('pictures that are stored keep their order and are saved by id', () => {
  expect(fileIdsOf(pictures)).toEqual([a, b, c])
})

test('what is still on its way or was refused is not saved', () => {
  const waiting: Picture[] = [
    { key: 'x', url: 'blob:x', state: 'uploading' },
    { key: 'y', url: 'blob:y', state: 'failed', problem: 'too large' },
  ]
  expect(fileIdsOf([...waiting, ...pictures])).toEqual([a, b, c])
})

test('the last picture becomes the first when it is dragged there', () => {
  expect(fileIdsOf(withMoved(pictures, c ?? '', 0))).toEqual([c, a, b])
})

test('nothing moves past the ends', () => {
  expect(fileIdsOf(withMoved(pictures, a ?? '', -1))).toEqual([a, b, c])
  expect(fileIdsOf(withMoved(pictures, c ?? '', 9))).toEqual([a, b, c])
})

test('a picture from elsewhere is not taken for one of ours', () => {
  expect(storedPictures(['https://example.com/cat.jpg'])).toEqual([])
})
