import { Node } from '@tiptap/react'

declare module '@tiptap/react' {
  interface Commands<ReturnType> {
    picture: { addPicture: (attributes: { src: string }) => ReturnType }
  }
}

/** A picture of ours in a text. */
export const PictureNode = Node.create({
  name: 'picture',
  group: 'block',
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="/api/files/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
  addCommands() {
    return {
      addPicture:
        attributes =>
        ({ commands }) =>
          commands.insertContent({ type: 'picture', attrs: attributes }),
    }
  },
})
