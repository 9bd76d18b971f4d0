import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The gallery is for looking at the kit and for its browser tests; no app ships it.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2022' },
})
