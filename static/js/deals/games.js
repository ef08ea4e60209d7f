// All that draws and auctions need in a room; fetched when there is one.
import "./bid-sheet.js";
import "./deal-card.js";
import "./my-deals.js";
import "../payments/pay-countdown.js";
