"""What people and programs look at. A face asks queries, makes one command call a request, and knows no other face."""
