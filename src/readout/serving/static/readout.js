// What pages do beyond their markup. Every page is readable and usable without it.
"use strict";
