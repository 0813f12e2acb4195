/* What the field pages keep on the phone: forms half filled in and records that wait for a network, each with the person whose they are.
   Every question names that person, so that nobody reads what somebody else has left on the same phone. */
"use strict";

const fieldStore = (() => {
  const MOST_SENT = 20;
  let opened;

  function open() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("portal-field", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "id" });
        request.result.createObjectStore("records", { keyPath: "key" }).createIndex("owner", "owner");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  /* One act on one table; it has happened when the promise is kept, and survives the end of the browser then. */
  async function act(table, mode, what) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, mode === "readwrite" ? { durability: "strict" } : {});
      const request = what(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  const count = (owner) => `field-waiting-${owner}`;
  const isOpen = (row) => row.state !== "sent";

  async function records(owner) {
    const rows = await act("records", "readonly", (store) => store.index("owner").getAll(owner));
    return rows.sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  /* How many wait stands where the page that signs out can read it at once. */
  async function note(owner) {
    localStorage.setItem(count(owner), String((await records(owner)).filter(isOpen).length));
  }

  return {
    records,
    waiting: async (owner) => (await records(owner)).filter((row) => row.state === "waiting").reverse(),
    put: async (row) => {
      await act("records", "readwrite", (store) => store.put(row));
      await note(row.owner);
    },
    remove: async (row) => {
      await act("records", "readwrite", (store) => store.delete(row.key));
      await note(row.owner);
    },
    /* Of what has arrived the phone keeps that it has, and when; neither words nor pictures. */
    sent: async (row) => {
      const { key, owner, title, action, at } = row;
      await act("records", "readwrite", (store) => store.put({ key, owner, title, action, at, state: "sent", sent: new Date().toISOString() }));
      const over = (await records(owner)).filter((one) => one.state === "sent").slice(MOST_SENT);
      for (const one of over) await act("records", "readwrite", (store) => store.delete(one.key));
      await note(owner);
    },
    draft: (owner, action) => act("drafts", "readonly", (store) => store.get(`${owner} ${action}`)),
    keepDraft: (owner, action, draft) => act("drafts", "readwrite", (store) => store.put({ ...draft, id: `${owner} ${action}` })),
    dropDraft: (owner, action) => act("drafts", "readwrite", (store) => store.delete(`${owner} ${action}`)),
  };
})();
