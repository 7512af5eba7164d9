// Runs before the first paint, so that a dark page never flashes light. The choices are stored in this browser only.
const root = document.documentElement
const saved = localStorage.getItem('theme')
if (saved === 'dark' || saved === 'light') root.dataset.theme = saved
if (localStorage.getItem('width') === 'phone') root.dataset.width = 'phone'

addEventListener('DOMContentLoaded', () => {
  const theme = document.getElementById('theme')
  const phone = document.getElementById('phone')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const updateButtons = () => {
    theme.textContent = isDark() ? 'Light' : 'Dark'
    theme.setAttribute('aria-label', `Switch to ${isDark() ? 'light' : 'dark'} colours`)
    phone.setAttribute('aria-pressed', String(root.dataset.width === 'phone'))
  }
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    localStorage.setItem('theme', root.dataset.theme)
    updateButtons()
  })
  phone.addEventListener('click', () => {
    const width = root.dataset.width === 'phone' ? 'full' : 'phone'
    root.dataset.width = width
    localStorage.setItem('width', width)
    updateButtons()
  })
  system.addEventListener('change', updateButtons)
  updateButtons()
})
