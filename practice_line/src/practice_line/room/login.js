/** Narrows the list of names to those that hold what is typed. Without it the whole list is there to scroll. */
const field = document.querySelector('[data-find]');
if (field) {
  field.closest('label').hidden = false;
  field.addEventListener('input', () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of document.querySelectorAll('.people li')) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault(); // a search must not send the form
  });
}
