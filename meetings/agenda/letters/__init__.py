"""The letter of invitation (giấy mời), drafted from the meeting; its number is the registry's."""
